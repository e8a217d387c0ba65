package io.gristmill.curation.dedup;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Documents of an earlier run, which stay.
 *
 * @param documents as {@link Duplicates} takes them, their files numbered from 0
 * @param signatures of the same documents, as that run published them
 */
public record KnownCorpus(Dataset<Row> documents, Dataset<Row> signatures) {}
