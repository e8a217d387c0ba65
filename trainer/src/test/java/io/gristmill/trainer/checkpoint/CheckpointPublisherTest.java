package io.gristmill.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPublisherTest {
  /** Files that the storage may write. */
  private static final Semaphore ALLOWED = new Semaphore(0);

  private static volatile boolean broken;

  @TempDir private java.nio.file.Path folder;
  private Configuration configuration;
  private Checkpoints checkpoints;

  /** A storage elsewhere, which takes its time. */
  public static final class SlowStorage extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("slow:///");
    }

    @Override
    public FSDataOutputStream create(
        Path path, boolean overwrite, int bufferSize, short replication, long blockSize)
        throws IOException {
      if (broken) {
        throw new IOException("the storage is full");
      }
      try {
        ALLOWED.acquire();
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while the storage took its time");
      }
      return super.create(path, overwrite, bufferSize, replication, blockSize);
    }
  }

  @BeforeEach
  void openFolder() throws IOException {
    ALLOWED.drainPermits();
    broken = false;
    configuration = new Configuration(false);
    configuration.setClass("fs.slow.impl", SlowStorage.class, RawLocalFileSystem.class);
    checkpoints = new Checkpoints(new Path("slow://" + folder), configuration);
  }

  @Test
  void whatGoesElsewhereIsPublishedWhileTheCallerGoesOn() throws Exception {
    try (var publisher = new CheckpointPublisher(checkpoints, configuration)) {
      write(publisher, 1);
      assertThat(publisher.published()).isEmpty();
      assertThat(checkpoints.published()).isEmpty();
      assertThatThrownBy(() -> publisher.begin(2, Fence.none()))
          .hasMessageContaining("the checkpoint before step 2 was not waited for");

      ALLOWED.release(3); // two files and the manifest
      assertThat(publisher.await()).contains(1L);
      assertThat(publisher.published()).as("told once").isEmpty();
      checkpoints.verify(1);
      assertThat(folder.resolve("step-000001/model")).hasContent("model of step 1");

      ALLOWED.release(6);
      write(publisher, 2);
      publisher.await();
      write(publisher, 3);
    } // waits for the last
    assertThat(checkpoints.published()).as("the newest two").containsExactly(3L, 2L);
  }

  @Test
  void anAttemptThatIsGivenUpPublishesNothing() throws Exception {
    ALLOWED.release(9);
    var given = new Fence("given-up");
    given.raise(new Path("slow://" + folder), configuration);
    try (var publisher = new CheckpointPublisher(checkpoints, configuration)) {
      CheckpointWriter writer = publisher.begin(1, given);
      writer.write("model", bytes("model"));
      new Fence("next").raise(new Path("slow://" + folder), configuration);
      publisher.publish(writer, 1, "fingerprint", given, 2, Set.of());
      assertThatThrownBy(publisher::await)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a checkpoint was not published")
          .hasMessageContaining("attempt given-up of this run is no longer the one");
      assertThatThrownBy(() -> publisher.begin(2, given)).hasMessageContaining("given-up");
    }
    assertThat(checkpoints.published()).isEmpty();
  }

  @Test
  void aStorageThatFailsIsToldOf() throws Exception {
    broken = true;
    try (var publisher = new CheckpointPublisher(checkpoints, configuration)) {
      write(publisher, 1);
      assertThatThrownBy(publisher::await).hasMessageContaining("the storage is full");
    }
  }

  @Test
  void onTheDiskOfThisMachineItIsThereAtOnce() throws Exception {
    var local = new Checkpoints(new Path(folder.toUri()), configuration);
    try (var publisher = new CheckpointPublisher(local, configuration)) {
      write(publisher, 1);
      assertThat(publisher.published()).contains(1L);
      assertThat(Files.exists(folder.resolve("step-000001/_MANIFEST.json"))).isTrue();
    }
  }

  private static void write(CheckpointPublisher publisher, long step) throws IOException {
    CheckpointWriter writer = publisher.begin(step, Fence.none());
    writer.write("model", bytes("model of step " + step));
    writer.write("state", bytes("state of step " + step));
    publisher.publish(writer, step, "fingerprint", Fence.none(), 2, Set.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
