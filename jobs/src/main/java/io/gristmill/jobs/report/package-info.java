/**
 * The run report: one self-contained HTML page that shows what went into a run, what came out and
 * why. {@link io.gristmill.jobs.report.Report} reads the files of a run and writes the page; {@link
 * io.gristmill.jobs.report.ReportPage} turns figures into the page and is pure. Below them lie a
 * section per figure, the two charts (lines and bars, inline SVG) and the tree of HTML whose writer
 * escapes every text. Nothing on the page asks the network for anything.
 */
package io.gristmill.jobs.report;
