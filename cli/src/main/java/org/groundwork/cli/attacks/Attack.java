package org.groundwork.cli.attacks;

/**
 * A row of the catalogue.
 *
 * @param id its number, for instance {@code A23}
 * @param applies whether it can be mounted against what exists; otherwise {@code defence} says why
 */
record Attack(String id, String title, String defence, boolean applies) {}
