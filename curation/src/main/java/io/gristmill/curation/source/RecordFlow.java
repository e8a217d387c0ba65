package io.gristmill.curation.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

/** The records of one file, a few at a time. */
interface RecordFlow extends Closeable {
  /** Gives the next records, or none; false when the file has no more. */
  boolean advance(Consumer<SourceRecord> sink) throws IOException;
}
