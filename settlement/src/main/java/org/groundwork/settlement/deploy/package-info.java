/**
 * Puts a deployment on a chain, resumably, and recognises it again: {@link
 * org.groundwork.settlement.deploy.Deployer} writes the {@link
 * org.groundwork.settlement.deploy.Deployment}, everything else starts from that file.
 */
@NullMarked
package org.groundwork.settlement.deploy;

import org.jspecify.annotations.NullMarked;
