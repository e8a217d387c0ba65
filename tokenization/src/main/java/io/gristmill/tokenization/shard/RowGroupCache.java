package io.gristmill.tokenization.shard;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The packed tokens of the row groups used last, up to a number of bytes. Thread-safe. */
final class RowGroupCache {
  /** A row group by its file and its number there. */
  record Key(String path, int rowGroup) {}

  /** Reads a row group that is not kept. */
  @FunctionalInterface
  interface Loader {
    byte[] load() throws IOException;
  }

  private final long capacity;
  private final Map<Key, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RowGroupCache(long capacity) {
    this.capacity = capacity;
  }

  /** The packed tokens of a row group; the one asked for last is kept whatever its size. */
  synchronized byte[] get(Key key, Loader loader) throws IOException {
    byte[] found = kept.get(key);
    if (found != null) {
      return found;
    }
    byte[] loaded = loader.load();
    bytes += loaded.length;
    Iterator<byte[]> oldest = kept.values().iterator();
    while (bytes > capacity && oldest.hasNext()) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
    kept.put(key, loaded);
    return loaded;
  }
}
