package org.groundwork.networks.storage.provider;

/**
 * Something that costs pay, or soon will.
 *
 * @param code stable, such as {@code disk.gone}
 * @param happened in a sentence
 * @param remedy what the operator can do
 */
public record Warning(String code, String happened, String remedy) {}
