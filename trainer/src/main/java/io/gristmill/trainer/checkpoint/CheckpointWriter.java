package io.gristmill.trainer.checkpoint;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes one checkpoint folder. Files are hashed while they are written; the folder counts only
 * once {@link #publish} has written its manifest.
 */
public final class CheckpointWriter {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileSystem files;
  private final Path folder;
  private final Fence fence;
  private final List<Manifest.Entry> written = new ArrayList<>();

  /**
   * Begins a folder, removing what an earlier attempt left there.
   *
   * @param fence beside the folder
   * @throws IOException if another attempt has begun since the fence was raised
   */
  public CheckpointWriter(FileSystem files, Path folder, Fence fence) throws IOException {
    this.files = files;
    this.folder = folder;
    this.fence = fence;
    fence.check(files, folder.getParent());
    Checkpoints.remove(files, folder);
    files.mkdirs(folder);
  }

  /**
   * A new file, part of the checkpoint once its stream is closed.
   *
   * @throws IOException if another attempt has begun, or has written that file: a worker that wakes
   *     must not cut what the others finished meanwhile
   */
  public OutputStream create(String name) throws IOException {
    fence.check(files, folder.getParent());
    return new Hashed(name, files.create(new Path(folder, name), false, BUFFER_BYTES));
  }

  /** A new file with these bytes. */
  public void write(String name, byte[] bytes) throws IOException {
    try (OutputStream out = create(name)) {
      out.write(bytes);
    }
  }

  /** A copy of a file from elsewhere, under its own name. */
  public void copy(FileSystem from, Path file) throws IOException {
    try (InputStream in = from.open(file);
        OutputStream out = create(file.getName())) {
      in.transferTo(out);
    }
  }

  /** Writes the manifest: from here on the folder is a checkpoint. */
  public void publish(String fingerprint) throws IOException {
    fence.check(files, folder.getParent());
    written.sort(Comparator.comparing(Manifest.Entry::path));
    try (OutputStream out = files.create(new Path(folder, Manifest.NAME), true)) {
      out.write(new Manifest(fingerprint, written).json());
    }
  }

  /** Counts and hashes what passes. */
  private final class Hashed extends FilterOutputStream {
    private final String name;
    private final MessageDigest digest = Manifest.digest();
    private long length;
    private boolean closed;

    Hashed(String name, OutputStream out) {
      super(out);
      this.name = name;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
      digest.update(bytes, offset, count);
      length += count;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        super.close();
        written.add(new Manifest.Entry(name, length, HexFormat.of().formatHex(digest.digest())));
      }
    }
  }
}
