/** What a person sees while a run works: one moving line on a terminal, plain lines in a log. */
package io.gristmill.jobs.progress;
