package io.gristmill.curation.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class MembersTest {
  @Test
  void gzipMembersAreReadWithTheirOffsets() throws IOException {
    byte[] one = gzip("first");
    byte[] two = gzip("second");
    Members members = Members.open(input(join(one, two)));

    assertThat(members.next()).isTrue();
    assertThat(members.start()).isZero();
    assertThat(rest(members)).isEqualTo("first");
    assertThat(members.position()).isEqualTo(one.length);
    assertThat(members.next()).isTrue();
    assertThat(members.start()).isEqualTo(one.length);
    assertThat(rest(members)).isEqualTo("second");
    assertThat(members.next()).isFalse();
  }

  @Test
  void aWrongChecksumIsDamage() throws IOException {
    byte[] bytes = gzip("first");
    bytes[bytes.length - 6] ^= 1;
    Members members = Members.open(input(bytes));
    members.next();
    assertThatThrownBy(() -> rest(members))
        .isInstanceOf(DamagedException.class)
        .hasMessage("the checksum of the gzip member does not agree");
  }

  @Test
  void readingGoesOnAtTheNextMemberWhoseChecksumAgrees() throws IOException {
    byte[] one = gzip("first");
    byte[] two = gzip("second");
    byte[] three = gzip("third");
    one[12] ^= 0x55;
    two[two.length - 8] ^= 1;
    Members members = Members.open(input(join(one, two, three)));
    members.next();
    assertThat(members.recover(Members.Start.ANY)).isEqualTo(one.length + two.length);
    assertThat(members.next()).isTrue();
    assertThat(rest(members)).isEqualTo("third");
  }

  @Test
  void truncationIsDamageAtEveryByte() throws IOException {
    byte[] bytes = gzip("some text that is long enough to be compressed, compressed, compressed");
    for (int length = 2; length < bytes.length; length++) {
      Members members = Members.open(input(Arrays.copyOf(bytes, length)));
      assertThatThrownBy(
              () -> {
                members.next();
                rest(members);
              })
          .as("length %d", length)
          .isInstanceOfSatisfying(
              DamagedException.class, e -> assertThat(e.reason()).isEqualTo("gzip_truncated"));
      assertThat(members.recover(Members.Start.ANY)).isEqualTo(length);
    }
  }

  @Test
  void plainFilesAreOneMember() throws IOException {
    Members members = Members.open(input("plain".getBytes(StandardCharsets.UTF_8)));
    assertThat(members.compressed()).isFalse();
    members.next();
    assertThat(rest(members)).isEqualTo("plain");
    assertThat(members.next()).isFalse();
  }

  @Test
  void aFileThatEndsBeforeItsListedLengthIsAnErrorOfTheStorage() {
    byte[] bytes = "plain".getBytes(StandardCharsets.UTF_8);
    StorageInput input = new StorageInput("f.txt", new InMemory(bytes), 100);
    assertThatThrownBy(() -> input.readUpTo(new byte[100], 0, 100))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot read f.txt at byte 5");
  }

  private static String rest(Members members) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[7];
    int read = members.read(chunk, 0, chunk.length);
    while (read >= 0) {
      bytes.write(chunk, 0, read);
      read = members.read(chunk, 0, chunk.length);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var bytes = new ByteArrayOutputStream();
    List<byte[]> all = new ArrayList<>(List.of(parts));
    all.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static StorageInput input(byte[] bytes) {
    return new StorageInput("memory", new InMemory(bytes), bytes.length);
  }
}
