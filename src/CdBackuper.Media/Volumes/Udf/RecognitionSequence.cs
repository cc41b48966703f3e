namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// The volume recognition sequence (ECMA-167 2/8.3), which begins 32,768 bytes into a session. It only says that there
/// is something to be looked for.
/// </summary>
internal static class RecognitionSequence
{
    private const int FirstSector = 16;
    private const int Sectors = 32;
    private const int ForeignSectors = 4;
    private const int UnreadableSectors = 4;

    public static Recognition Read(DiscReader disc, long session)
    {
        var (foreign, unreadable) = (0, 0);
        for (var sector = session + FirstSector; sector < session + FirstSector + Sectors; sector++)
        {
            if (disc.ReadSector(sector) is not { } bytes)
            {
                if (++unreadable == UnreadableSectors)
                {
                    break;
                }

                continue;
            }

            // sectors of 4096 bytes leave every other one of 2048 empty
            var identifier = bytes.AsSpan(1, 5);
            if (identifier.StartsWith("NSR0"u8))
            {
                return Recognition.Present;
            }

            var isKnown = identifier.SequenceEqual("BEA01"u8) || identifier.SequenceEqual("CD001"u8)
                || identifier.SequenceEqual("BOOT2"u8) || identifier.SequenceEqual("CDW02"u8);
            foreign = isKnown ? 0 : foreign + 1;
            if (foreign == ForeignSectors)
            {
                break;
            }
        }

        return unreadable > 0 ? Recognition.Unreadable : Recognition.None;
    }
}
