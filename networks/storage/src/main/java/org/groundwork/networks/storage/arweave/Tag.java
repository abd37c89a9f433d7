package org.groundwork.networks.storage.arweave;

/** A name and a value that an item's owner signed. */
public record Tag(String name, String value) {}
