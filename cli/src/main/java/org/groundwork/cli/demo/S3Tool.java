package org.groundwork.cli.demo;

import java.io.IOException;
import java.nio.file.Path;

/** An S3 client, as the demo uses one. */
interface S3Tool {
  /** What it is, for people. */
  String name();

  void makeBucket(String bucket) throws IOException;

  void upload(Path file, String bucket, String key) throws IOException;

  void download(String bucket, String key, Path file) throws IOException;
}
