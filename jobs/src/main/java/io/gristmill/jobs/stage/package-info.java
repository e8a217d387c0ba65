/**
 * Stages that meet at files: what a stage depends on, when its output is published, and whether it
 * is up to date, half done, or to be made again.
 */
package io.gristmill.jobs.stage;
