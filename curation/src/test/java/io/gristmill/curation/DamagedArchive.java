package io.gristmill.curation;

import io.gristmill.curation.warc.Archives;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A WARC of real pages, each record a gzip member, with bytes flipped on the way to the disk.
 *
 * @param records how many were written
 * @param intact offsets of the members in which no byte was flipped
 * @param flipped how many bytes were
 */
record DamagedArchive(long records, Set<Long> intact, long flipped) {
  /**
   * Writes an archive.
   *
   * @param bytes its length, about
   * @param share of the bytes that are flipped
   * @param run how many of them lie beside each other
   */
  static DamagedArchive write(
      Path file, List<byte[]> pages, long bytes, double share, int run, long seed)
      throws IOException {
    var damage = new Damage(share, run, new SplittableRandom(seed));
    Set<Long> intact = new HashSet<>();
    long offset = 0;
    long records = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      while (offset < bytes) {
        byte[] page = pages.get((int) (records / 2 % pages.size()));
        byte[] record = record(records, page);
        byte[] member = Archives.gzip(record);
        if (damage.spares(member)) {
          intact.add(offset);
        }
        out.write(member);
        offset += member.length;
        records++;
      }
    }
    return new DamagedArchive(records, intact, damage.flipped);
  }

  /** The pages in the files of a folder, some of which are compressed. */
  static List<byte[]> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.html(\\.gz)?"))
          .sorted()
          .map(DamagedArchive::page)
          .toList();
    }
  }

  private static byte[] page(Path file) {
    try (var in = Files.newInputStream(file)) {
      return file.toString().endsWith(".gz")
          ? new GZIPInputStream(in).readAllBytes()
          : in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(file.toString(), e);
    }
  }

  /** Requests and responses in turn, as crawlers write them. */
  private static byte[] record(long number, byte[] page) {
    String id = "%08d".formatted(number);
    String url = "http://host-%d.example/%d.html".formatted(number / 2 % 997, number / 2);
    return number % 2 == 0
        ? Archives.record(
            "request",
            id,
            url,
            "application/http; msgtype=request",
            Archives.ascii("GET /%d.html HTTP/1.1\r\n\r\n".formatted(number / 2)))
        : Archives.response(id, url, "Content-Type: text/html\r\n", page);
  }

  /** Flips runs of bytes whose distances are those of chance. */
  private static final class Damage {
    private final double meanGap;
    private final int run;
    private final SplittableRandom random;
    private long gap;
    private int left;
    private long flipped;

    private Damage(double share, int run, SplittableRandom random) {
      this.meanGap = run * (1 - share) / share;
      this.run = run;
      this.random = random;
      this.gap = nextGap();
    }

    private long nextGap() {
      return Math.round(-Math.log(1 - random.nextDouble()) * meanGap);
    }

    /** Damages the next bytes; whether they were spared. */
    private boolean spares(byte[] bytes) {
      boolean spared = true;
      for (int i = 0; i < bytes.length; i++) {
        if (left == 0 && gap == 0) {
          left = run;
          gap = nextGap();
        }
        if (left > 0) {
          bytes[i] ^= (byte) random.nextInt(1, 256);
          left--;
          flipped++;
          spared = false;
        } else {
          gap--;
        }
      }
      return spared;
    }
  }
}
