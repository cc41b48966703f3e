using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CdBackuper.Tests.Tidy;

/// <summary>A file of this repository, with its syntax where it is C#.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<SyntaxNode> syntax = new(() => CSharpSyntaxTree.ParseText(text).GetRoot());

    /// <summary>Relative to the repository's root, with '/'.</summary>
    public string Path => path;

    public bool IsCSharp => path.EndsWith(".cs", StringComparison.Ordinal);

    public string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => syntax.Value.DescendantNodesAndSelf().OfType<T>();

    /// <summary>Comments of any kind, docstrings included, each with the line where it begins.</summary>
    public IEnumerable<(string Text, int Line)> Comments => syntax.Value.DescendantTrivia()
        .Where(trivia => trivia.ToFullString() is ['/', '/' or '*', ..])
        .SelectMany(trivia => trivia.ToFullString().Split('\n').Select((line, index) => (line, LineOf(trivia.FullSpan.Start) + index)));

    public string At(SyntaxNode node, string what) => At(LineOf(node.SpanStart), what);

    public string At(int line, string what) => $"{path}:{line}: {what}";

    /// <summary>How many lines a node takes, without its attributes and docstring.</summary>
    public int LengthOf(SyntaxNode node)
    {
        var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        var first = attributes is null ? node.SpanStart : attributes.GetLastToken().GetNextToken().SpanStart;
        return LineOf(node.Span.End) - LineOf(first) + 1;
    }

    private int LineOf(int position) => syntax.Value.SyntaxTree.GetLineSpan(new(position, 0)).StartLinePosition.Line + 1;
}
