/** A small S3 client, for a demo without tools and for a bench. */
@NullMarked
package org.groundwork.cli.s3;

import org.jspecify.annotations.NullMarked;
