/**
 * Training on a Spark cluster: one barrier task a worker. Spark gathers the workers' addresses and
 * holds the barrier; a loop in the driver begins each attempt from the last checkpoint. The loop
 * and the collectives know nothing of it.
 */
package io.gristmill.trainer.spark;
