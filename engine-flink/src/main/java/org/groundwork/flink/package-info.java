/**
 * The same epoch on an Apache Flink cluster: the two phases run there, the common step here.
 *
 * <p>{@link org.groundwork.flink.FlinkRunner} lays an epoch's inputs into a folder that all
 * machines share ({@link org.groundwork.flink.JobFolder}), sends a job ({@link
 * org.groundwork.flink.JobJar}) to the cluster's job manager over HTTP, waits, and closes the epoch
 * from the files that the job left. What sends jobs needs no library of Flink; what runs in them
 * ({@link org.groundwork.flink.EpochJob}) finds Flink on the cluster.
 *
 * <p>Only byte arrays move between stages, and each stage sorts what it reads by their unsigned
 * order: what a task is given, and so what it writes, depends neither on the order of arrival nor
 * on how often a lost part of the job was run again.
 */
@NullMarked
package org.groundwork.flink;

import org.jspecify.annotations.NullMarked;
