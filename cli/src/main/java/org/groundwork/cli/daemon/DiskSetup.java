package org.groundwork.cli.daemon;

/**
 * One disk of a provider.
 *
 * @param folder for pieces; it must be there
 * @param capacityBytes most bytes to store in it
 */
public record DiskSetup(String folder, long capacityBytes) {}
