using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Who may read and execute a file, as records of the 1980s say it: four bits for the owner, four for the group and four for all others, of
/// which the lowest is to read and the third to execute (ECMA-119 §9.5.3; System Description CD-ROM XA, §II.7).
/// </summary>
internal static class AccessBits
{
    private const uint Read = 4;
    private const uint Execute = 1;

    /// <returns>The same as the lower bits of a POSIX mode.</returns>
    public static uint ToMode(int granted)
    {
        var mode = 0u;
        for (var whose = 0; whose < 3; whose++, granted >>= 4)
        {
            mode = (mode << 3) | ((granted & 1) != 0 ? Read : 0) | ((granted & 4) != 0 ? Execute : 0);
        }

        return mode;
    }

    /// <returns>A POSIX mode with the type of file (RRIP §4.1.1).</returns>
    public static uint WithType(uint permissions, bool isDirectory) => permissions | (isDirectory ? RockRidgeRule.TypeDirectory : RockRidgeRule.TypeFile);
}
