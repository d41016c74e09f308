package org.deepseekplugin.cloud.aws;

/// The families that EC2 counts vCPU quotas for. On demand, all P types share one quota; on spot,
/// P5 and later have one each, so they are kept apart here: a refusal is then remembered for too
/// few types, never for too many.
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-quotas.html
final class QuotaFamily {

    static String of(String instanceType) {
        if (instanceType.startsWith("u-")) {
            return "high-memory";
        }
        int generation = indexOfDigit(instanceType);
        var letters = instanceType.substring(0, generation);
        return switch (letters) {
            case "a", "c", "d", "h", "i", "im", "is", "m", "r", "t", "z" -> "standard";
            case "g", "gr", "vt" -> "g-and-vt";
            case "p" -> instanceType.charAt(generation) < '5' ? "p" : instanceType.substring(0, 2);
            default -> letters;
        };
    }

    private static int indexOfDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                return i;
            }
        }
        return text.length();
    }

    private QuotaFamily() {}
}
