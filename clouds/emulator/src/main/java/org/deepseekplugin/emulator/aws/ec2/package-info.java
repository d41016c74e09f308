/// EC2, an action a class.
@NullMarked
package org.deepseekplugin.emulator.aws.ec2;

import org.jspecify.annotations.NullMarked;
