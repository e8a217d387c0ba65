package io.gristmill.jobs;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark with what every job wants; what the user sets by {@code --conf} wins over it. */
final class Sessions {
  private Sessions() {}

  static SparkSession start(String name) {
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.master", "local[*]")
            .setIfMissing("spark.app.name", "gristmill " + name)
            .setIfMissing("spark.ui.enabled", "false")
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.sql.session.timeZone", "UTC")
            .setIfMissing("spark.sql.parquet.compression.codec", "zstd")
            // One lost core must not make a worker wait for minutes, nor a pause of a collector
            // fail a job.
            .setIfMissing("spark.network.timeout", "120s")
            .setIfMissing("spark.executor.heartbeatInterval", "10s")
            // How often Spark looks for executors that are silent, and for slots of workers that
            // were lost since they were counted; a minute and 15 s otherwise.
            .setIfMissing("spark.network.timeoutInterval", "10s")
            .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "2s")
            .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "30")
            .setIfMissing("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
    String master = conf.get("spark.master");
    boolean oneProcess = master.startsWith("local");
    if (oneProcess) {
      // No network lies between the tasks: compressing costs more than the bytes that it saves.
      conf.setIfMissing("spark.shuffle.compress", "false");
    }
    if (oneProcess || master.startsWith("spark://127.0.0.1")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1")
          .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
