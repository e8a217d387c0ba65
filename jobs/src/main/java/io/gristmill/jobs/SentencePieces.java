package io.gristmill.jobs;

import io.gristmill.curation.quality.Pieces;
import io.gristmill.tokenization.sentencepiece.SentencePieceFiles;
import io.gristmill.tokenization.sentencepiece.SentencePieceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Lets KenLM scores of curation see the pieces that our reader of SentencePiece models gives. */
public final class SentencePieces implements Pieces.Reader {
  @Override
  public Pieces read(Path path, Configuration hadoop) {
    try {
      SentencePieceTokenizer model = SentencePieceFiles.read(path, hadoop);
      var encoder = model.encoder();
      return text -> Arrays.stream(encoder.encode(text)).mapToObj(model::piece).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(path), e);
    }
  }
}
