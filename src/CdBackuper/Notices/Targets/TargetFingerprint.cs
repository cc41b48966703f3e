using System.Security.Cryptography;
using System.Text;

namespace CdBackuper.Notices.Targets;

/// <summary>Tells one configuration of a target from another, without its secrets.</summary>
internal static class TargetFingerprint
{
    /// <param name="parts">All that the target's answer may depend on; secrets too.</param>
    public static string Of(params IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..16];
}
