package io.gristmill.tokenization.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ids over all of the shared text, 180 MB, against those of other programs: jtokkit 1.1.0 for
 * cl100k and o200k, Hugging Face tokenizers 0.21 (through DJL 0.38.0) for the others. The hashes of
 * their ids are recorded here; {@code -Dtests.peers=true} computes them again, which takes minutes.
 */
@Tag("shared")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityTest {
  private static final Map<String, String> THEIRS =
      Map.of(
          "cl100k_base.tiktoken", "858648b679a92ad6",
          "o200k_base.tiktoken", "1ad14d2c7ba60de6",
          "gpt2.tiktoken", "121b9aa065fee5a4",
          "multilingual.tiktoken", "6897214410ad220f",
          "gpt2-encoder.json", "121b9aa065fee5a4",
          "minimind-tokenizer.json", "0a63be3dda67e429");

  private AllText text;

  static List<String> files() {
    return THEIRS.keySet().stream().sorted().toList();
  }

  @BeforeAll
  void readText() throws IOException {
    text = new AllText();
  }

  @ParameterizedTest
  @MethodSource("files")
  void idsOverAllTextAreThoseOfTheOthers(String file) throws IOException {
    BpeTokenizer tokenizer = PublishedTokenizers.read(file);
    Encoder encoder =
        isRankFileOfJtokkit(file) ? tokenizer.encoder() : tokenizer.recognisingEncoder();
    assertThat(text.hash(encoder::encode)).isEqualTo(THEIRS.get(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsRecordedIsWhatTheOthersSay(String file, @TempDir Path folder) throws IOException {
    assumeTrue(Boolean.getBoolean("tests.peers"), "takes minutes, -Dtests.peers=true asks for it");
    String hash = isRankFileOfJtokkit(file) ? jtokkit(file) : huggingFace(file, folder);
    assertThat(hash).isEqualTo(THEIRS.get(file));
  }

  private static boolean isRankFileOfJtokkit(String file) {
    return file.contains("_base");
  }

  private String jtokkit(String file) {
    var type = EncodingType.fromName(file.replace(".tiktoken", "")).orElseThrow();
    var encoding = Encodings.newDefaultEncodingRegistry().getEncoding(type);
    return text.hash(utf8 -> encoding.encodeOrdinary(new String(utf8, UTF_8)).toArray());
  }

  private String huggingFace(String file, Path folder) throws IOException {
    String json =
        file.equals("minimind-tokenizer.json")
            ? PublishedTokenizers.text(file)
            : TokenizerJson.toJson(PublishedTokenizers.read(file));
    try (var theirs = HuggingFaceIds.open(json, folder)) {
      return text.hash(utf8 -> HuggingFaceIds.of(theirs, new String(utf8, UTF_8)));
    }
  }
}
