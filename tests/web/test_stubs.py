from assistant.web import stubs


def test_gradio_is_imported_without_writing_its_stubs() -> None:
    stubs.leave_alone()
    from gradio import component_meta

    assert component_meta.create_or_modify_pyi(type("Nowhere", (), {}), "Nowhere", []) is None
    assert component_meta.create_or_modify_pyi.__module__ == stubs.__name__
