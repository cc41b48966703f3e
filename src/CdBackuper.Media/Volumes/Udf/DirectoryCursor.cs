namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Goes through the names of a directory. They follow one another without regard to blocks (ECMA-167 4/8.6), so that
/// behind bytes that are lost the next one is looked for: each begins with a tag, at a multiple of four.
/// </summary>
internal sealed class DirectoryCursor(StructureReader structures, IReadOnlyList<ContentRun> runs)
{
    private const int Step = 4;

    private readonly DirectoryBytes bytes = new(structures, runs);
    private bool isLost;

    public FileIdentifier Current { get; private set; }

    /// <summary>The sector of <see cref="Current"/>.</summary>
    public long? SectorNumber { get; private set; }

    /// <summary>True when names are or may be missing.</summary>
    public bool IsIncomplete { get; private set; }

    public long BytesRead => bytes.BytesRead;

    public bool MoveNext()
    {
        while (bytes.BytesRead <= UdfLimits.DirectoryBytes)
        {
            // as much as a name may take, and the tag of the next one
            if (bytes.Rest.Length < FileIdentifier.MaxLength + DescriptorTag.Length && !bytes.IsAtEnd && !HasWhole())
            {
                if (!bytes.TryReadOn())
                {
                    IsIncomplete = isLost = true;
                }

                continue;
            }

            if (bytes.Rest.Length < FileIdentifier.FixedLength)
            {
                EndAt(bytes.Rest);
                return false;
            }

            // sound as it stands, or in its copy, else flawed
            if (TryTake(isFlawedTaken: false)
                || (!isLost && ((bytes.TryUseCopy() && TryTake(isFlawedTaken: false)) || TryTake(isFlawedTaken: true))))
            {
                return true;
            }

            Search();
        }

        IsIncomplete = true;
        structures.Disc.Damages.Add(
            DamageIds.LimitReached,
            bytes.SectorNumber,
            "A directory was not read to its end: it is too long.");
        return false;
    }

    /// <summary>Spares reading on where a name and the next one's tag are there already.</summary>
    private bool HasWhole() => bytes.Rest.Length >= FileIdentifier.FixedLength
        && bytes.Rest.Length >= FileIdentifier.LengthOf(bytes.Rest) + DescriptorTag.Length;

    private bool TryTake(bool isFlawedTaken)
    {
        var rest = bytes.Rest;
        var length = FileIdentifier.LengthOf(rest);
        if ((TagId)BitConverter.ToUInt16(rest) != TagId.FileIdentifier && !LooksLikeName(rest))
        {
            return false;
        }

        // Some writers leave the padding of the last one out.
        var there = Math.Min(length, rest.Length);
        if (length - there >= Step)
        {
            return false;
        }

        var tag = DescriptorTag.Read(rest[..there]);
        var isSound = tag is { Id: TagId.FileIdentifier, IsChecksumRight: true, IsCrcRight: true };
        if (!isSound && (!isFlawedTaken || !IsFollowed(rest[there..])))
        {
            return false;
        }

        Current = FileIdentifier.Read(length == there ? rest : [.. rest, 0, 0, 0]);
        SectorNumber = bytes.SectorNumber;
        if (!isSound)
        {
            structures.Disc.Damages.Add(
                DamageIds.UdfNameFlawed,
                SectorNumber,
                "A name in a directory fails its checks: it was used as it is.");
        }

        isLost = false;
        bytes.Pass(there);
        return true;
    }

    /// <summary>A name whose tag was harmed in its first bytes, of which the rest is whole.</summary>
    private bool LooksLikeName(ReadOnlySpan<byte> rest) =>
        !isLost && rest[16] == 1 && rest[17] == 0 && rest[19] is > 0 and < byte.MaxValue && rest[36] == 0 && rest[37] == 0;

    /// <summary>
    /// A flawed name is believed where the next one stands just behind it: then at least its lengths are right.
    /// </summary>
    private bool IsFollowed(ReadOnlySpan<byte> behind) => behind.IsEmpty
        ? bytes.IsAtEnd
        : DescriptorTag.Read(behind) is { Id: TagId.FileIdentifier, IsChecksumRight: true };

    /// <summary>Goes on to where a name may begin.</summary>
    private void Search()
    {
        if (!isLost)
        {
            IsIncomplete = isLost = true;
            structures.Disc.Damages.Add(
                DamageIds.UdfDirectoryInvalid,
                bytes.SectorNumber,
                "A part of a directory holds no names: those that should be there are lost.");
        }

        var rest = bytes.Rest;
        var count = Step;
        while (count + DescriptorTag.Length <= rest.Length
            && (rest[count] != (byte)((int)TagId.FileIdentifier & 0xFF) || rest[count + 1] != (int)TagId.FileIdentifier >> 8))
        {
            count += Step;
        }

        bytes.Pass(Math.Min(count, rest.Length));
    }

    private void EndAt(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty && !isLost)
        {
            IsIncomplete = true;
            structures.Disc.Damages.Add(
                DamageIds.UdfDirectoryInvalid,
                bytes.SectorNumber,
                "The last name of a directory is cut.");
        }
    }
}
