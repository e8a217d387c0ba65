/**
 * The inputs of a run: which files there are, and what is in each of them. A reader turns one file
 * into pages with clean text, records that are not documents, and failures, in file order and in
 * bounded memory, and accounts for every byte of the file at its end.
 */
package io.gristmill.curation.source;
