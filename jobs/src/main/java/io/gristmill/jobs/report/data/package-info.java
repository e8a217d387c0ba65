/**
 * The figures of the run report as small records, each with the reader that takes it from a file of
 * the run. Reading is lenient, for the report also describes runs that ended early: an absent file
 * gives the empty form, an absent count is 0, an absent measure is NaN, and what could not be read
 * is said in {@link io.gristmill.jobs.report.data.ReportData#notes()}.
 */
package io.gristmill.jobs.report.data;
