package io.gristmill.curation.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

/** The records of one file, a few at a time. */
interface RecordFlow extends Closeable {
  /** No records: all of a split's bytes are another's. */
  static RecordFlow none() {
    return new RecordFlow() {
      @Override
      public boolean advance(Consumer<SourceRecord> sink) {
        return false;
      }

      @Override
      public void close() {}
    };
  }

  /** Gives the next records, or none; false when the file has no more. */
  boolean advance(Consumer<SourceRecord> sink) throws IOException;
}
