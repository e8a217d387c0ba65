/**
 * YAML read into records: every problem of a file is found in one pass and reported with file, line
 * and key before any work begins.
 */
package io.gristmill.jobs.config;
