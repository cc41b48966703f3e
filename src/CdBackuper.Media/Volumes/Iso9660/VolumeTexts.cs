using CdBackuper.Media.Volumes.Joliet;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>What a volume's descriptors say of it in words (ECMA-119 §8.4.5 to §8.4.25).</summary>
internal sealed class VolumeTexts(VolumeDescriptor? primary, VolumeDescriptor? joliet, ByteText text)
{
    /// <summary>
    /// Two blanks read as one UCS-2 character: what writers leave that fill a Joliet field as if it were ASCII.
    /// </summary>
    private const char FilledWithBlanks = '\u2020';

    /// <summary>Joliet's name, completed by the primary's.</summary>
    public string? Name => MergeNames(Of(joliet, layout => layout.Name), Of(primary, layout => layout.Name));

    /// <summary>Publisher, data preparer and application (§8.4.20 to §8.4.22), those that say something.</summary>
    public IReadOnlyList<string> Creators =>
    [
        .. new[] { Of(layout => layout.Publisher), Of(layout => layout.Preparer), Of(layout => layout.Application) }
            .OfType<string>()
            .Distinct(),
    ];

    /// <summary>All fields that say something, under the standard's names.</summary>
    public IReadOnlyDictionary<string, string> Identifiers
    {
        get
        {
            var identifiers = new Dictionary<string, string>(StringComparer.Ordinal);
            Add(identifiers, "system", Of(layout => layout.System));
            Add(identifiers, "volume set", Of(layout => layout.VolumeSet));
            Add(identifiers, "publisher", Of(layout => layout.Publisher));
            Add(identifiers, "data preparer", Of(layout => layout.Preparer));
            Add(identifiers, "application", Of(layout => layout.Application));
            Add(identifiers, "copyright file", Of(layout => layout.CopyrightFile));
            Add(identifiers, "abstract file", Of(layout => layout.AbstractFile));
            Add(identifiers, "bibliographic file", Of(layout => layout.BibliographicFile));
            Add(identifiers, "name encoding", text.EncodingName);
            return identifiers;
        }
    }

    /// <summary>Where the names of the files do not tell in what encoding text is, the descriptors' own words may.</summary>
    public void Settle()
    {
        _ = (Name, Identifiers);
        text.Decide();
    }

    private static void Add(Dictionary<string, string> identifiers, string name, string? value)
    {
        if (value is not null)
        {
            identifiers.Add(name, value);
        }
    }

    private string? Of(Func<DescriptorLayout, (int Start, int Length)> field) => Of(primary, field) ?? Of(joliet, field);

    private string? Of(VolumeDescriptor? descriptor, Func<DescriptorLayout, (int Start, int Length)> field)
    {
        if (descriptor is null)
        {
            return null;
        }

        var bytes = descriptor.Field(field(descriptor.Layout));
        return descriptor.IsJoliet
            ? IsoText.Trim(JolietText.Decode(bytes[..(bytes.Length & ~1)]).TrimEnd(FilledWithBlanks))
            : IsoText.Trim(text.Decode(bytes));
    }

    /// <summary>
    /// Joliet has room for 16 characters (Joliet specification, "Volume Identifier"); the primary descriptor for 32,
    /// but of few kinds. Where the primary's begins alike and goes on, its rest completes Joliet's; '_' stands for what
    /// it can't say.
    /// </summary>
    private static string? MergeNames(string? joliet, string? primary)
    {
        if (joliet is null || primary is null || primary.Length <= joliet.Length)
        {
            return joliet ?? primary;
        }

        var isAlike = joliet.Zip(primary).All(pair => pair.First == pair.Second || pair.Second == '_');
        return isAlike ? joliet + primary[joliet.Length..] : joliet;
    }
}
