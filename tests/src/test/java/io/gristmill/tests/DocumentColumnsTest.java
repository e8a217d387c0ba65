package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.tokenization.shard.DocumentColumns;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Holds curation and tokenization to the columns of documents/ that both name. */
class DocumentColumnsTest {
  @Test
  void whatTokenizationReadsIsWhatCurationWrites() {
    assertThat(Arrays.asList(DocumentSchema.DOCUMENTS.fieldNames()))
        .containsAll(DocumentColumns.all());
    assertThat(DocumentColumns.all())
        .allSatisfy(
            column ->
                assertThat(DocumentSchema.DOCUMENTS.apply(column).dataType())
                    .isEqualTo(
                        column.equals(DocumentColumns.TEXT_BYTES)
                            ? DataTypes.LongType
                            : DataTypes.StringType));
  }
}
