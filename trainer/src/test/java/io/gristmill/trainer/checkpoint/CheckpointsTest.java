package io.gristmill.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir Path folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void openEmpty() throws IOException {
    checkpoints = new Checkpoints(hadoop(), CONFIGURATION);
  }

  @Test
  void theNewestPublishedFolderIsTheLastGoodOne() throws IOException {
    assertThat(checkpoints.lastGood(reason -> {})).isEmpty();
    write(10, Fence.none());
    write(20, Fence.none());
    write(1_000_000, Fence.none());
    assertThat(checkpoints.lastGood(reason -> {})).contains(1_000_000L);
    assertThat(checkpoints.lastPublished()).contains(1_000_000L);
    assertThat(checkpoints.folder(20).getName()).isEqualTo("step-000020");
  }

  @Test
  void aFlippedBitIsFoundAndTheFolderNamed() throws IOException {
    write(10, Fence.none());
    write(20, Fence.none());
    Path data = folder.resolve("step-000020/data.bin");
    byte[] bytes = Files.readAllBytes(data);
    bytes[3] ^= 1;
    Files.write(data, bytes);
    assertPassedOver("data.bin has SHA-256");
  }

  @Test
  void aClippedFileIsFound() throws IOException {
    write(10, Fence.none());
    write(20, Fence.none());
    Files.write(folder.resolve("step-000020/data.bin"), new byte[2]);
    assertPassedOver("data.bin has 2 bytes, its manifest says 5");
  }

  @Test
  void aMissingFileIsFound() throws IOException {
    write(10, Fence.none());
    write(20, Fence.none());
    Files.delete(folder.resolve("step-000020/data.bin"));
    assertPassedOver("data.bin is missing");
  }

  @Test
  void aFolderWithoutManifestWasNeverCompleted() throws IOException {
    write(10, Fence.none());
    write(20, Fence.none());
    Files.delete(folder.resolve("step-000020").resolve(Manifest.NAME));
    assertPassedOver("has no _MANIFEST.json: it was never completed");
  }

  @Test
  void aManifestCutShortIsFound() throws IOException {
    write(10, Fence.none());
    write(20, Fence.none());
    Path manifest = folder.resolve("step-000020").resolve(Manifest.NAME);
    Files.writeString(manifest, Files.readString(manifest).substring(0, 40));
    assertPassedOver("is not JSON");
  }

  @Test
  void onlyTheNewestAreKept() throws IOException {
    for (long step = 1; step <= 5; step++) {
      write(step, Fence.none());
    }
    Files.delete(folder.resolve("step-000005").resolve(Manifest.NAME)); // being written
    Files.delete(folder.resolve("step-000002").resolve(Manifest.NAME)); // left by a lost attempt
    checkpoints.prune(2, Set.of());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()).sorted())
          .containsExactly("step-000003", "step-000004", "step-000005");
    }
  }

  @Test
  void theOneBeforeTheDecayIsKeptHoweverOld() throws IOException {
    for (long step = 1; step <= 5; step++) {
      write(step, Fence.none());
    }
    checkpoints.prune(1, Set.of(2L));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()).sorted())
          .containsExactly("step-000002", "step-000005");
    }
    Files.delete(folder.resolve("step-000002").resolve(Manifest.NAME)); // no checkpoint any more
    write(6, Fence.none());
    checkpoints.prune(1, Set.of(2L));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()).sorted())
          .containsExactly("step-000006");
    }
  }

  @Test
  void oneThatIsCutShortTakesNoGoodOnesPlace() throws IOException {
    for (long step = 1; step <= 4; step++) {
      write(step, Fence.none());
    }
    Path manifest = folder.resolve("step-000004").resolve(Manifest.NAME);
    Files.writeString(manifest, Files.readString(manifest).substring(0, 40)); // killed there
    Files.write(folder.resolve("step-000003/data.bin"), new byte[2]);
    assertThat(checkpoints.lastPublished()).contains(2L);
    checkpoints.prune(2, Set.of());
    assertThat(checkpoints.lastGood(reason -> {})).contains(2L);
    assertThat(folder.resolve("step-000001")).exists();

    write(5, Fence.none());
    checkpoints.prune(2, Set.of());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()).sorted())
          .containsExactly("step-000002", "step-000005");
    }
  }

  @Test
  void aWorkerThatWakesCutsNoFileOfTheNextAttempt() throws IOException {
    var first = new Fence("first");
    first.raise(hadoop(), CONFIGURATION);
    var frozen = new CheckpointWriter(checkpoints.files(), checkpoints.folder(1), first);
    var second = new Fence("second");
    second.raise(hadoop(), CONFIGURATION);
    write(1, second);
    assertThatThrownBy(() -> frozen.create("data.bin"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("attempt first of this run is no longer the one");
    var unfenced = new CheckpointWriter(checkpoints.files(), checkpoints.folder(2), Fence.none());
    write(2, second);
    assertThatThrownBy(() -> unfenced.create("data.bin"))
        .as("between a look at the fence and the writing")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data.bin");
    assertThat(checkpoints.lastGood(reason -> {})).contains(2L);
  }

  @Test
  void whatAnEarlierAttemptLeftIsRemoved() throws IOException {
    Files.createDirectories(folder.resolve("step-000007"));
    Files.writeString(folder.resolve("step-000007/stale.bin"), "stale");
    write(7, Fence.none());
    assertThat(folder.resolve("step-000007/stale.bin")).doesNotExist();
    try (Stream<Path> files = Files.list(folder.resolve("step-000007"))) {
      assertThat(files.map(path -> path.getFileName().toString()).sorted())
          .as("no hidden checksum files of Hadoop")
          .containsExactly(Manifest.NAME, "data.bin");
    }
  }

  @Test
  void anAttemptGivenUpForLostPublishesNothing() throws IOException {
    var first = new Fence("first");
    first.raise(hadoop(), CONFIGURATION);
    write(1, first);
    var writer = new CheckpointWriter(checkpoints.files(), checkpoints.folder(2), first);
    writer.write("data.bin", "woken".getBytes(StandardCharsets.UTF_8));
    new Fence("second").raise(hadoop(), CONFIGURATION);

    assertThatThrownBy(() -> writer.publish("fingerprint"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("attempt first of this run is no longer the one")
        .hasMessageContaining("second is");
    assertThatThrownBy(
            () -> new CheckpointWriter(checkpoints.files(), checkpoints.folder(1), first))
        .isInstanceOf(IOException.class);
    assertThat(checkpoints.lastGood(reason -> {})).contains(1L);
  }

  private void assertPassedOver(String reason) throws IOException {
    List<String> passedOver = new ArrayList<>();
    assertThat(checkpoints.lastGood(passedOver::add)).contains(10L);
    assertThat(passedOver)
        .singleElement()
        .asString()
        .contains("passed over", "step-000020", reason);
  }

  private void write(long step, Fence fence) throws IOException {
    var writer = new CheckpointWriter(checkpoints.files(), checkpoints.folder(step), fence);
    writer.write("data.bin", "12345".getBytes(StandardCharsets.UTF_8));
    writer.publish("fingerprint");
  }

  private org.apache.hadoop.fs.Path hadoop() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }
}
