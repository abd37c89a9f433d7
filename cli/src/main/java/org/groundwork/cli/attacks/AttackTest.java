package org.groundwork.cli.attacks;

/**
 * A test that mounts an attack.
 *
 * @param attack the attack's number
 * @param name file and function, or class and method
 */
record AttackTest(String attack, String name, boolean passed) {}
