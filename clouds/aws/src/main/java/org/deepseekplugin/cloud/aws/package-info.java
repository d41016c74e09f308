/// The AWS driver: EC2 through the official SDK, the same code for the real cloud and for any
/// server that speaks its protocol. Found by `ServiceLoader` as [AwsDriverFactory].
@NullMarked
package org.deepseekplugin.cloud.aws;

import org.jspecify.annotations.NullMarked;
