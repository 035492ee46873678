//! What a statement pins down: a small grammar over folded text.
