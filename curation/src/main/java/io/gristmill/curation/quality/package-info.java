/** Scores that models and expressions give to documents, beside the signals that are measured. */
package io.gristmill.curation.quality;
