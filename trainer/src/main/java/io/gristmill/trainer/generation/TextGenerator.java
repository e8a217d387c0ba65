package io.gristmill.trainer.generation;

import io.gristmill.tokenization.StreamingDecoder;
import io.gristmill.tokenization.Tokenizer;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Writes on from a prompt, token by token, until the end of the text or enough tokens. */
public final class TextGenerator {
  private final Tokenizer tokenizer;
  private final Sampling sampling;

  public TextGenerator(Tokenizer tokenizer, Sampling sampling) {
    this.tokenizer = tokenizer;
    this.sampling = sampling;
  }

  /**
   * Generates text after {@code prompt}, which the model sees as the beginning of a document: as in
   * training, without an end of text before it. An empty prompt is that end of text alone, after
   * which training has seen documents begin.
   *
   * @param model a fresh decoder: takes a token, gives float[V], the logits of the next
   * @param positions tokens that the model can take, prompt included
   * @param maxTokens of the continuation
   * @param seed the same seed writes the same text
   * @param listener is given the text as it comes, whole characters only
   * @return the continuation; always well-formed Unicode
   */
  public String generate(
      IntFunction<float[]> model,
      int positions,
      String prompt,
      int maxTokens,
      long seed,
      Consumer<String> listener) {
    int[] promptTokens = tokenizer.encoder().encode(prompt);
    if (promptTokens.length == 0) {
      promptTokens = new int[] {tokenizer.endOfText()};
    }
    if (promptTokens.length >= positions) {
      throw new IllegalArgumentException(
          "the prompt has %d tokens, the model takes %d; shorten the prompt"
              .formatted(promptTokens.length, positions));
    }
    float[] logits = new float[0];
    for (int token : promptTokens) {
      logits = model.apply(token);
    }
    int room = Math.min(maxTokens, positions - promptTokens.length);
    var sampler = new Sampler(sampling, new SplittableRandom(seed));
    StreamingDecoder decoder = tokenizer.streamingDecoder();
    var text = new StringBuilder();
    Utf8State state = Utf8State.WHOLE;
    for (int written = 0; written < room; written++) {
      Utf8State before = state;
      int left = room - written;
      int token = sampler.draw(logits, candidate -> mayFollow(before, candidate, left));
      if (token == tokenizer.endOfText()) {
        break;
      }
      state = state.after(tokenizer.bytesOf(token));
      String whole = decoder.next(token);
      text.append(whole);
      listener.accept(whole);
      if (written + 1 < room) {
        logits = model.apply(token);
      }
    }
    return text.toString();
  }

  private boolean mayFollow(Utf8State before, int token, int left) {
    if (token == tokenizer.endOfText()) {
      return before.whole();
    }
    if (tokenizer.isAdded(token)) {
      return false;
    }
    Utf8State after = before.after(tokenizer.bytesOf(token));
    // Every byte is a token of its own, so what is missing can always be written.
    return after.valid() && after.missing() < left;
  }
}
