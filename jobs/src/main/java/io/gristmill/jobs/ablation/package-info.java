/**
 * Runs the trainings of an ablation beside each other on a cluster, each once, and writes down what
 * their losses tell.
 */
package io.gristmill.jobs.ablation;
