/** One document followed through every stage of a run, finished or not. */
package io.gristmill.jobs.show;
