/** The gristmill command line: options, help and exit statuses, one class per subcommand. */
package io.gristmill.jobs.command;
