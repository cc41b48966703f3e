using CdBackuper.Media.Volumes.Joliet;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Orders the trees of a volume by what they say of its files.</summary>
internal sealed class TreeChoice(DiscReader disc, DescriptorSet descriptors, ByteText text, DamageLog damages)
{
    /// <returns>
    /// Rock Ridge, else Joliet, else that of ISO 9660:1999, else plain, else another supplementary one: the first is the volume's tree, the others are there to fall
    /// back on; never a second one of Rock Ridge's descriptor. At least one.
    /// </returns>
    public IReadOnlyList<TreeWalk> InOrder()
    {
        var trees = new List<TreeWalk>();
        if (descriptors.PrimaryDescriptor is { IsHighSierra: false } rich && RockRidgeProbe.Find(disc, rich) is { } mark)
        {
            trees.Add(Walk(rich, new RockRidgeRule(disc, rich.BlockSize, mark, text, damages)));
        }

        if (descriptors.JolietDescriptor is { } joliet)
        {
            trees.Add(Walk(joliet, new JolietRule(new(), damages)));
        }

        // Writers give the enhanced descriptor the primary's tree, whose names then follow the newer rules (§7.5 of 1999).
        if (descriptors.EnhancedDescriptor is { } enhanced && !enhanced.IsSameTree(descriptors.PrimaryDescriptor))
        {
            trees.Add(Walk(enhanced, new PlainRule("1999", isEnhanced: true, text, damages)));
        }

        if (descriptors.PrimaryDescriptor is { } primary && trees is not [{ Rule: RockRidgeRule }, ..])
        {
            var isEnhanced = descriptors.EnhancedDescriptor?.IsSameTree(primary) is true;
            trees.Add(Walk(primary, new PlainRule("", isEnhanced, text, damages)));
        }

        // Its names are of a character set that few knew, so that it comes last: it matters where it names something more.
        if (descriptors.OtherDescriptor is { } other && !other.IsSameTree(descriptors.PrimaryDescriptor))
        {
            trees.Add(Walk(other, new PlainRule("supplementary", isEnhanced: false, text, damages)));
        }

        // A tree without a root is of no use as long as there is one with it.
        return [.. trees.OrderBy(tree => tree.Descriptor.Root is null)];
    }

    private TreeWalk Walk(VolumeDescriptor descriptor, EntryRule rule) => new(disc, descriptor, rule, damages);
}
