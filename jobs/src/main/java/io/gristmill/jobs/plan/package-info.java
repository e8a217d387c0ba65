/**
 * What a configuration will come to before anything is trained: laws asked about its size and
 * tokens, epochs of its data, and the simulation of its training on a cluster.
 */
package io.gristmill.jobs.plan;
