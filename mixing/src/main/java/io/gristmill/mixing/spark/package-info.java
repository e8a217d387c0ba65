/** What is measured of token shards on a Spark cluster before they are mixed. */
package io.gristmill.mixing.spark;
