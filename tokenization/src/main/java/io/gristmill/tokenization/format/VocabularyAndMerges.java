package io.gristmill.tokenization.format;

import com.fasterxml.jackson.databind.node.TextNode;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The pair of files that GPT-2 came with: {@code vocab.json} (first called {@code encoder.json}),
 * the id of every token, and {@code merges.txt} (first called {@code vocab.bpe}), one merge a line.
 * They say nothing of how text is cut; it is as GPT-2 does.
 */
public final class VocabularyAndMerges {
  /** The vocabulary's name. */
  public static final String VOCABULARY = "vocab.json";

  /** The merges' name. */
  public static final String MERGES = "merges.txt";

  private VocabularyAndMerges() {}

  /**
   * Reads a tokenizer from its two files.
   *
   * @throws IllegalArgumentException if they are damaged or do not fit; the message names file and
   *     entry
   * @throws IOException if one cannot be read
   */
  public static BpeTokenizer read(Path vocabulary, Path merges, Configuration configuration)
      throws IOException {
    return parse(
        Texts.read(vocabulary, configuration),
        vocabulary.toString(),
        Texts.read(merges, configuration),
        merges.toString());
  }

  /** Reads a tokenizer from two texts and what messages call them. */
  public static BpeTokenizer parse(
      String vocabularyJson, String vocabularySource, String merges, String mergesSource) {
    Entry vocab = Entry.parse(vocabularyJson, vocabularySource).object();
    List<AddedToken> added =
        vocab.field(Tokenizer.END_OF_TEXT).isEmpty()
            ? List.of()
            : List.of(
                new AddedToken(
                    vocab.field(Tokenizer.END_OF_TEXT).id(), Tokenizer.END_OF_TEXT, true));
    Map<String, Integer> ids = VocabularyJson.ids(vocab, added);
    try {
      return new BpeTokenizer(
          Pretokenizer.named("gpt-2"),
          new Vocabulary(VocabularyJson.tokens(vocab, ids, added), added),
          merges(merges, mergesSource, ids));
    } catch (IllegalArgumentException e) {
      throw e.getMessage().startsWith(vocabularySource) || e.getMessage().startsWith(mergesSource)
          ? e
          : new IllegalArgumentException(vocabularySource + ": " + e.getMessage(), e);
    }
  }

  private static Merges merges(String text, String source, Map<String, Integer> ids) {
    List<String> lines = text.lines().toList();
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty() && !(i == 0 && line.startsWith("#version"))) {
        entries.add(new Entry(source, "line " + (i + 1), TextNode.valueOf(line)));
      }
    }
    return VocabularyJson.merges(entries, ids);
  }
}
