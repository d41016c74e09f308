package org.deepseekplugin.cloud.testkit.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;

/// What a cloud under test must be able to do for a contract to be tried on it.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {
    Ability[] value();
}
