package io.gristmill.tokenization.format;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.pretoken.Pretokenization;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rank file does not say, and tiktoken therefore asks for beside it.
 *
 * @param pretokenizer cuts text
 * @param specialTokens the tokens that have no rank
 */
public record RankEncoding(Pretokenization pretokenizer, List<AddedToken> specialTokens) {
  /** Of OpenAI's tiktoken (tiktoken_ext/openai_public.py) and Whisper, by the names of files. */
  private static final Map<String, RankEncoding> KNOWN =
      new TreeMap<>(
          Map.of(
              "r50k_base", of("gpt-2", Map.of(Tokenizer.END_OF_TEXT, 50256)),
              "gpt2", of("gpt-2", Map.of(Tokenizer.END_OF_TEXT, 50256)),
              "multilingual", of("gpt-2", Map.of(Tokenizer.END_OF_TEXT, 50257)),
              "cl100k_base",
                  of(
                      "cl100k",
                      Map.of(
                          Tokenizer.END_OF_TEXT,
                          100257,
                          "<|fim_prefix|>",
                          100258,
                          "<|fim_middle|>",
                          100259,
                          "<|fim_suffix|>",
                          100260,
                          "<|endofprompt|>",
                          100276)),
              "o200k_base",
                  of("o200k", Map.of(Tokenizer.END_OF_TEXT, 199999, "<|endofprompt|>", 200018))));

  public RankEncoding {
    specialTokens = List.copyOf(specialTokens);
  }

  private static RankEncoding of(String pretokenizer, Map<String, Integer> specialTokens) {
    return new RankEncoding(
        Pretokenizer.named(pretokenizer),
        specialTokens.entrySet().stream()
            .map(token -> new AddedToken(token.getValue(), token.getKey(), true))
            .toList());
  }

  /**
   * What belongs to a well-known rank file.
   *
   * @param name the file's name without {@code .tiktoken}
   * @throws IllegalArgumentException if it is not known; the message lists the names
   */
  public static RankEncoding named(String name) {
    RankEncoding known = KNOWN.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "%s is no known rank file, those are %s; for others give the pretokenizer and the special tokens in code (RankFile.read)"
              .formatted(name, String.join(", ", KNOWN.keySet())));
    }
    return known;
  }
}
