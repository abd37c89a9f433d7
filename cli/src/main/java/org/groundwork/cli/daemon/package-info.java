/** The long-running parts as processes: a provider, a customer's S3 endpoint. */
@NullMarked
package org.groundwork.cli.daemon;

import org.jspecify.annotations.NullMarked;
