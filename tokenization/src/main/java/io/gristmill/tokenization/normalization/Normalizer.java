package io.gristmill.tokenization.normalization;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.List;

/**
 * Brings text into normal forms of Unicode (UAX 15), one after the other. Bytes that are not
 * well-formed UTF-8 stay as they are; what lies between them is normalized by itself.
 *
 * @param forms the forms in their order; none leaves text alone
 */
public record Normalizer(List<Form> forms) {
  /** Leaves text alone. */
  public static final Normalizer NONE = new Normalizer(List.of());

  /** Composes canonically, as Qwen 2 does. */
  public static final Normalizer NFC = new Normalizer(List.of(Form.NFC));

  /** Composes, and replaces compatibility characters: full-width letters, ligatures. */
  public static final Normalizer NFKC = new Normalizer(List.of(Form.NFKC));

  public Normalizer {
    forms = List.copyOf(forms);
  }

  /** The normalized bytes; {@code utf8} itself where it is the whole text and normal already. */
  public byte[] normalize(byte[] utf8) {
    byte[] text = utf8;
    for (Form form : forms) {
      text = normalize(text, form);
    }
    return text;
  }

  private static byte[] normalize(byte[] utf8, Form form) {
    var stable = StableCharacters.of(form);
    int copied = 0;
    ByteArrayOutputStream changed = null;
    int boundary =
        0; // Where the last stable character began: later text cannot change what is before.
    int i = 0;
    while (i < utf8.length) {
      int length = Utf8.length(utf8, i, utf8.length);
      if (length == 0) {
        i++;
        boundary = i;
      } else if (stable.contains(utf8, i, length)) {
        boundary = i;
        i += length;
      } else {
        int end = unstableEnd(utf8, i, stable);
        byte[] normal = normalize(utf8, boundary, end, form);
        if (!Arrays.equals(normal, 0, normal.length, utf8, boundary, end)) {
          changed = changed == null ? new ByteArrayOutputStream(utf8.length + 64) : changed;
          changed.write(utf8, copied, boundary - copied);
          changed.writeBytes(normal);
          copied = end;
        }
        i = end;
        boundary = end;
      }
    }
    if (changed == null) {
      return utf8;
    }
    changed.write(utf8, copied, utf8.length - copied);
    return changed.toByteArray();
  }

  private static int unstableEnd(byte[] utf8, int from, StableCharacters stable) {
    int i = from;
    while (i < utf8.length) {
      int length = Utf8.length(utf8, i, utf8.length);
      if (length == 0 || stable.contains(utf8, i, length)) {
        break;
      }
      i += length;
    }
    return i;
  }

  private static byte[] normalize(byte[] utf8, int from, int to, Form form) {
    String text = new String(utf8, from, to - from, UTF_8);
    return java.text.Normalizer.normalize(text, form).getBytes(UTF_8);
  }
}
