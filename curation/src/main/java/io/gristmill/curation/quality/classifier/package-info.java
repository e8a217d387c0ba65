/**
 * A classifier of documents: logistic regression over hashed words, pairs of words and runs of
 * characters, trained on Spark from texts that are wanted and texts that are not.
 */
package io.gristmill.curation.quality.classifier;
