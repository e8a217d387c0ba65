package io.gristmill.tokenization.shard;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes one shard file through parquet-avro: the same documents in the same order give the same
 * bytes. The file is written under a hidden name of the attempt's own and takes its name when it is
 * complete, so that attempts of one task do not meet.
 */
public final class ShardFileWriter implements Closeable {
  /** The columns of a shard file. */
  public static final Schema SCHEMA =
      SchemaBuilder.record("shard")
          .namespace("io.gristmill")
          .fields()
          .requiredString("document_id")
          .requiredString("cluster_id")
          .requiredBytes("tokens")
          .requiredInt("token_count")
          .requiredLong("byte_count")
          .endRecord();

  private final FileSystem fileSystem;
  private final Path target;
  private final Path hidden;
  private final String path;
  private final TokenWidth width;
  private final HashedOutput output;
  private final ParquetWriter<GenericData.Record> writer;
  private final List<Integer> tokenCounts = new ArrayList<>();
  private boolean finished;

  /**
   * @param folder of the shards
   * @param path of the file within it
   * @param attempt tells apart the hidden files of attempts that write the same file
   */
  public ShardFileWriter(
      Path folder,
      String path,
      String attempt,
      TokenWidth width,
      int rowGroupTokens,
      Configuration configuration)
      throws IOException {
    this.target = new Path(folder, path);
    this.hidden = new Path(target.getParent(), ".%s.%s".formatted(target.getName(), attempt));
    this.path = path;
    this.width = width;
    this.fileSystem = target.getFileSystem(configuration);
    this.output = new HashedOutput(fileSystem, hidden);
    this.writer =
        AvroParquetWriter.<GenericData.Record>builder(output)
            .withSchema(SCHEMA)
            .withConf(settings())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            // One encoding a column: a footer lists several in an order of the process's own.
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(false)
            .withPageWriteChecksumEnabled(true)
            // Nobody looks for a document by the least of its tokens.
            .withStatisticsEnabled("tokens", false)
            .withSizeStatisticsEnabled("tokens", false)
            .withRowGroupSize((long) rowGroupTokens * width.bytes())
            .withMinRowCountForPageSizeCheck(1)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build();
  }

  /** A cluster's own settings must not change the bytes. */
  private static Configuration settings() {
    Configuration settings = new Configuration(false);
    // Of ids level 2 makes 1/1.59 at 306 MB/s, the usual level 3 makes 1/1.62 at 211 MB/s (zstd
    // -b).
    settings.setInt(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, 2);
    return settings;
  }

  /**
   * Adds a document.
   *
   * @param tokens packed at the width of this file, the end-of-text token last
   * @param bytes UTF-8 bytes of its text
   */
  public void write(String documentId, String clusterId, byte[] tokens, long bytes)
      throws IOException {
    int count = tokens.length / width.bytes();
    GenericData.Record row = new GenericData.Record(SCHEMA);
    row.put("document_id", documentId);
    row.put("cluster_id", clusterId);
    row.put("tokens", tokens); // a ByteBuffer would be copied twice
    row.put("token_count", count);
    row.put("byte_count", bytes);
    writer.write(row);
    tokenCounts.add(count);
  }

  /** Completes the file and gives it its name. */
  public ShardFile finish() throws IOException {
    writer.close();
    List<RowGroup> rowGroups = new ArrayList<>();
    int row = 0;
    for (BlockMetaData block : writer.getFooter().getBlocks()) {
      long tokens = 0;
      for (long end = row + block.getRowCount(); row < end; row++) {
        tokens += tokenCounts.get(row);
      }
      rowGroups.add(new RowGroup(block.getRowCount(), tokens));
    }
    fileSystem.delete(target, false);
    if (!fileSystem.rename(hidden, target)) {
      throw new IOException("%s cannot be renamed to %s".formatted(hidden, target));
    }
    finished = true;
    return new ShardFile(path, output.length(), output.sha256(), rowGroups);
  }

  /** Removes what was written when the file was not finished. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      writer.close();
      fileSystem.delete(hidden, false);
    }
  }
}
