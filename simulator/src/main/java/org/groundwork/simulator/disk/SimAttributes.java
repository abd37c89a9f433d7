package org.groundwork.simulator.disk;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What kind of thing a path names, and how large it is; times are not kept. */
record SimAttributes(Entry entry) implements BasicFileAttributes {
  private static final FileTime NEVER = FileTime.fromMillis(0);

  @Override
  public FileTime lastModifiedTime() {
    return NEVER;
  }

  @Override
  public FileTime lastAccessTime() {
    return NEVER;
  }

  @Override
  public FileTime creationTime() {
    return NEVER;
  }

  @Override
  public boolean isRegularFile() {
    return entry instanceof FileEntry;
  }

  @Override
  public boolean isDirectory() {
    return entry instanceof FolderEntry;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return entry instanceof FileEntry file ? file.size() : 0;
  }

  @Override
  public Object fileKey() {
    return entry;
  }
}
