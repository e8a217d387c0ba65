/** One thin main per job, and what they share: configuration, stages, the command, the report. */
package io.gristmill.jobs;
