"""What PyTorch's modules and Keras' layers have themselves: no parameter may be called so as a member of one.

A test compares this with the libraries where they are installed.
"""

from __future__ import annotations

_NAMES = """
    T_destination activity_regularizer add_loss add_metric add_module add_variable add_weight apply autocast bfloat16
    buffers build build_from_config built call call_signature_parameters call_super_init children compile compute_dtype
    compute_mask compute_output_shape compute_output_spec count_params cpu cuda double dtype dtype_policy dump_patches eval
    extra_repr float forward from_config get_buffer get_build_config get_config get_extra_state get_initial_state
    get_parameter get_submodule get_weights half input input_dtype input_spec ipu load_own_variables load_state_dict losses
    metrics metrics_variables modules mtia name named_buffers named_children named_modules named_parameters
    non_trainable_variables non_trainable_weights output output_size parameters path quantization_mode quantize
    quantized_build quantized_call register_backward_hook register_buffer register_forward_hook
    register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook
    register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook rematerialized_call requires_grad_ save_own_variables
    set_extra_state set_submodule set_weights share_memory state_dict state_size stateless_call supports_jit
    supports_masking symbolic_call to to_empty torch_params train trainable trainable_variables trainable_weights
    training type variable_dtype variables weights xpu zero_grad
"""
MEMBERS = frozenset(_NAMES.split())
